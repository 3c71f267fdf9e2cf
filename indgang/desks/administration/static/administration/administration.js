"use strict";
/* Small conveniences of the administration desk; every page works without them. */
