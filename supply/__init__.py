"""What Movewire is made of: audited, listed, licensed. ``make lint``, ``make sbom`` and ``make licences`` call it."""
