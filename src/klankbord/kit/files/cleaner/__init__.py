"""What the child process runs (`python -m`): nothing of ours but this package, and no key.

One file for each family of files, told by the word on the command line.
"""
