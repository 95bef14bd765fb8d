import { expect, type Locator, type Page } from '@playwright/test';

export const password = 'Demo-2026!';

/** The integer of minor units that stands behind an amount on the page. */
export async function minor(amount: Locator): Promise<number> {
  const text = await amount.getAttribute('data-minor');
  expect(text, 'the amount is an integer of minor units').toMatch(/^-?\d+$/);
  return Number(text);
}

export async function minors(amounts: Locator): Promise<number[]> {
  const texts = await amounts.evaluateAll((elements) => elements.map((element) => element.getAttribute('data-minor')));
  return texts.map((text) => {
    expect(text).toMatch(/^-?\d+$/);
    return Number(text);
  });
}

export const sumOf = (amounts: readonly number[]): number => amounts.reduce((a, b) => a + b, 0);

/** From the door to the products: signs in, takes the first store and till, opens a shift unless one is open. */
export async function enterTill(page: Page, email: string): Promise<void> {
  await page.getByLabel('E-mail', { exact: true }).fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();

  const useTill = page.getByRole('button', { name: 'Use this till' });
  const openShift = page.getByRole('button', { name: 'Open shift' });
  const search = page.getByRole('searchbox');
  await expect(useTill.or(openShift).or(search)).toBeVisible();
  if (await useTill.isVisible()) {
    await useTill.click();
    await expect(openShift.or(search)).toBeVisible();
  }
  if (await openShift.isVisible()) {
    await page.getByLabel(/^Float/).fill('5000');
    await openShift.click();
  }
  await expect(search).toBeVisible();
}

export async function signOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Menu' }).click();
  await page.getByRole('button', { name: 'Sign out' }).click();
}

/** The first product that carries a barcode, as the page itself learnt it from the API. */
export async function barcodeFrom(page: Page): Promise<string> {
  const response = await page.waitForResponse((answer) => new URL(answer.url()).pathname === '/api/products' && answer.ok());
  const { items } = (await response.json()) as { items: { barcodes?: string[] }[] };
  const barcode = items.flatMap((item) => item.barcodes ?? [])[0];
  expect(barcode, 'the demo catalogue has a product with a barcode').toBeTruthy();
  return barcode!;
}

/** Waits until the cart's total is the server's answer to the cart as it stands. */
export async function priced(page: Page): Promise<number> {
  const total = page.locator('#cart [data-amount="total"][data-fresh="true"]');
  await expect(total).toBeVisible();
  return minor(total);
}
