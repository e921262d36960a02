"""`python -m minirnn` is the `minirnn` command."""

from minirnn.cli import main

if __name__ == "__main__":
    main()
