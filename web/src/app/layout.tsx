import '@fontsource-variable/inter/wght.css';
import '@fontsource-variable/noto-sans-mono/wght.css';
import './globals.css';
import type { Metadata, Viewport } from 'next';
import type { ReactNode } from 'react';

export const metadata: Metadata = {
  title: 'WebWaka POS',
  description: 'The till',
  robots: { index: false, follow: false },
};

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  themeColor: [{ media: '(prefers-color-scheme: light)', color: '#f3f1ea' }, { media: '(prefers-color-scheme: dark)', color: '#0e1412' }],
};

// The language and the theme are this device's own choice: the till sets them as soon as it runs.
export default function RootLayout({ children }: { readonly children: ReactNode }) {
  return (
    <html lang="en" dir="ltr" suppressHydrationWarning>
      <body>{children}</body>
    </html>
  );
}
