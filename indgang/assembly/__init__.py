"""The roof: settings, addresses, processes, command line, profile loader and demo town; imports all, imported by none."""
