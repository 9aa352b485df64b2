"""``python -m monitor`` and the command ``movewire``."""

from monitor.surfaces.cli import main

if __name__ == "__main__":
    main()
