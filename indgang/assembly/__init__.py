"""The roof: settings, addresses, processes, command line, profiles and demo town; imports all, imported by none."""
