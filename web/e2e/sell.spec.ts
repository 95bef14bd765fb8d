import { expect, test } from '@playwright/test';
import { barcodeFrom, enterTill, minor, minors, priced, signOut, sumOf } from './till';

test('a_cashier_sells_and_a_manager_refunds', async ({ page }) => {
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(String(error)));
  page.on('console', (message) => { if (/Content Security Policy/i.test(message.text())) faults.push(message.text()); });

  await page.goto('/');
  const [barcode] = await Promise.all([barcodeFrom(page), enterTill(page, 'cashier@demo.test')]);
  const lines = page.locator('#cart [data-line]');

  await test.step('one product by scanner, two by touch, one of them twice', async () => {
    await page.keyboard.type(barcode);
    await page.keyboard.press('Enter');
    await expect(lines).toHaveCount(1);
    const scanned = await lines.first().getAttribute('data-line');
    const others = page.locator(`[data-product]:not([data-product="${scanned}"])`);
    await others.nth(0).click();
    await others.nth(1).click();
    await expect(lines).toHaveCount(3);
    const quantity = lines.nth(1).getByRole('textbox');
    await quantity.fill('2');
    await quantity.press('Enter');
    await expect(quantity).toHaveValue('2');
  });

  const before = await test.step('the figures add up', async () => {
    await expect(lines.locator('[data-amount="gross"][data-minor]')).toHaveCount(3);
    const total = await priced(page);
    expect(sumOf(await minors(lines.locator('[data-amount="gross"]')))).toBe(await minor(page.locator('#cart [data-amount="subtotal"]')));
    return total;
  });

  await test.step('a mistyped coupon is named, and the cart keeps its prices', async () => {
    await page.getByLabel('Coupon code').fill('WELCOM');
    await page.getByRole('button', { name: 'Apply' }).click();
    await expect(page.getByText('WELCOM: There is no such coupon.')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Remove coupon WELCOM' })).toHaveCount(0);
    expect(await priced(page)).toBe(before);
  });

  const total = await test.step('a coupon that is scanned into its field lowers the total', async () => {
    await page.getByLabel('Coupon code').focus();
    await page.keyboard.type('WELCOME10');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('button', { name: 'Remove coupon WELCOME10' })).toBeVisible();
    await expect(page.locator('#cart [data-amount="discount"]')).toBeVisible();
    const now = await priced(page);
    expect(now).toBeLessThan(before);
    const cart = page.locator('#cart');
    const added = sumOf([...await minors(cart.locator('[data-amount="tax"]')), ...await minors(cart.locator('[data-amount="fee"]'))]);
    const discount = await minor(cart.locator('[data-amount="discount"]'));
    expect(await minor(cart.locator('[data-amount="subtotal"]')) - discount + added).toBe(now);
    return now;
  });

  const { change, number } = await test.step('card pays a part, cash the rest and more', async () => {
    await page.getByRole('button', { name: /^Pay / }).click();
    await page.getByRole('button', { name: 'Card', exact: true }).click();
    await page.getByLabel(/^Amount/).fill('1');
    await page.getByLabel('Terminal reference').fill('004211');
    await page.getByRole('button', { name: 'Add card payment' }).click();

    const left = await minor(page.locator('[data-amount="left"]'));
    expect(left).toBe(total - sumOf(await minors(page.locator('[data-tender="card"] [data-amount="tender"]'))));
    await page.getByRole('button', { name: 'Cash', exact: true }).click();
    const offers = page.locator('[data-quick]');
    const handed = Number(await offers.last().getAttribute('data-quick'));
    expect(handed).toBeGreaterThanOrEqual(left);
    await offers.last().click();

    const due = page.locator('[data-amount="change"]');
    expect(await minor(due)).toBe(handed - left);
    expect(sumOf(await minors(page.locator('[data-amount="tender"]')))).toBe(total);
    await page.getByRole('button', { name: 'Complete sale' }).click();
    await expect(page.getByRole('heading', { name: 'Sale complete' })).toBeVisible();
    expect(await minor(page.locator('[data-amount="due"]'))).toBe(total);
    return { change: handed - left, number: await page.locator('[data-receipt-number]').innerText() };
  });

  await test.step('change, number and receipt are shown', async () => {
    expect(await minor(page.locator('[data-amount="change"]'))).toBe(change);
    expect(number).toMatch(/\S{4,}/);
    await expect(page.locator('.receipt-paper')).toContainText(number, { timeout: 30_000 });
    const downloading = page.waitForEvent('download');
    await page.getByRole('button', { name: 'PDF' }).click();
    expect((await downloading).suggestedFilename()).toBe(`${number}.pdf`);
    await page.getByRole('button', { name: 'New sale' }).click();
    await expect(page.getByText('The cart is empty')).toBeVisible();
  });

  await test.step('the cashier may not refund', async () => {
    await page.keyboard.press('F9');
    await expect(page.getByRole('heading', { name: 'A supervisor must sign in' })).toBeVisible();
    await page.keyboard.press('Escape');
    await signOut(page);
  });

  await test.step('the manager refunds the whole sale by its number', async () => {
    await enterTill(page, 'manager@demo.test');
    await page.keyboard.press('F9');
    await page.getByLabel('Receipt number').fill(number);
    await page.getByRole('button', { name: 'Find' }).click();
    await page.getByRole('button', { name: 'Everything' }).click();
    await page.getByLabel('Reason', { exact: true }).selectOption('Faulty or damaged');
    await page.getByRole('button', { name: 'Refund', exact: true }).last().click();
    await page.getByRole('dialog').getByRole('button', { name: 'Refund' }).click();
    await expect(page.getByRole('heading', { name: 'Refund recorded' })).toBeVisible();
    const refunded = await minor(page.locator('[data-amount="refund"]'));
    expect(refunded).toBeGreaterThan(0);
    expect(refunded).toBeLessThanOrEqual(total);
  });

  await test.step('nothing of it can be refunded again', async () => {
    await page.getByRole('button', { name: 'Done' }).click();
    await page.keyboard.press('F9');
    await page.getByLabel('Receipt number').fill(number);
    // The journal learns of the refund a moment after it is made.
    await expect(async () => {
      await page.getByRole('button', { name: 'Find' }).click();
      await expect(page.getByText('Nothing of this sale is left to refund.')).toBeVisible({ timeout: 2000 });
    }).toPass({ timeout: 30_000 });
  });

  expect(faults).toEqual([]);
});
