# Two commands do everything on a fresh machine: `make audio` and `make test`.
