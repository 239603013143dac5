/** The version that the gateway reports of itself; a test keeps it the one of package.json. */
export const VERSION = '0.1.0';
