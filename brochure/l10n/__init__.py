"""Localization: messages, translation catalogues, locale fallback and office variants, resolved into editions."""
