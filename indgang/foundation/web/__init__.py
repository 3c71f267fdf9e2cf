"""Base pages, design system, live events to the browser, error pages, problem JSON and the API root."""
