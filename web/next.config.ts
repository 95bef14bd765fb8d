import type { NextConfig } from 'next';

// Plain files: the gateway serves them on the tenant's own host, so every API call is same-origin and needs no CORS.
const config: NextConfig = {
  output: 'export',
  trailingSlash: true,
  reactStrictMode: true,
  images: { unoptimized: true },
  turbopack: { root: import.meta.dirname },
};

export default config;
