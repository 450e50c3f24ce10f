"""`python -m streams` is `dealwire`."""

from streams.cli import main

if __name__ == "__main__":
    main()
