"""The order of the stages for one article: compose the script, then produce the sound."""
