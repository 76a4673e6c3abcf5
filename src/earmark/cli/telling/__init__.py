"""How a run is told: to a person, to a program, to whoever looks for the time that it took."""
