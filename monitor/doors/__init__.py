"""The doors out, the only places that open sockets: HTTP, SMTP and the apprise library, all behind one address guard."""
