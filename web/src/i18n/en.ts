/** Every sentence of the till in English; the other languages must have the same members. */
export const en = {
  app: { name: 'WebWaka POS', loading: 'Loading…', skip: 'Skip to the cart', language: 'Language', theme: 'Appearance' },
  theme: { auto: 'Like the device', light: 'Light', dark: 'Dark' },
  common: {
    back: 'Back', cancel: 'Cancel', close: 'Close', confirm: 'Confirm', retry: 'Try again', remove: 'Remove', change: 'Change', optional: 'optional',
  },
  signIn: {
    title: 'Sign in to the till', shop: 'Shop', email: 'E-mail', password: 'Password', show: 'Show', hide: 'Hide', submit: 'Sign in',
    working: 'Signing in…', ended: 'Your session has ended. Sign in again to go on.', missing: 'Enter your e-mail and your password.',
  },
  station: {
    title: 'Where are you working?', store: 'Store', till: 'Till', use: 'Use this till', noStores: 'There is no store yet. A manager makes one in the back office.',
    noTills: 'This store has no till yet. A manager makes one in the back office.',
  },
  shift: {
    open: 'Open a shift', explain: 'Count the cash in the drawer. That is the float you start with.', float: 'Float', submit: 'Open shift',
    current: 'Shift', since: (time: string) => `Open since ${time}`, close: 'Close shift', counted: 'Cash counted in the drawer',
    closeExplain: 'Count all the cash in the drawer, the float included.', closed: 'Shift closed', number: 'Z report', expected: 'Expected in the drawer',
    variance: 'Difference', over: 'over', short: 'short', even: 'Nothing over, nothing short', sales: 'Sales', refunds: 'Refunds', next: 'Open the next shift',
    unfinished: 'Finish or clear the cart before you close the shift.', invalid: 'Enter an amount, for example 5000.',
  },
  products: {
    title: 'Products', search: 'Search by name, SKU or barcode', all: 'All', categories: 'Categories', none: 'No product found',
    noneHint: 'Try another word, or choose another category.', empty: 'The catalogue is empty', emptyHint: 'A manager adds products in the back office.',
    more: 'Show more', left: (n: string) => `${n} in stock`, noneLeft: 'None in stock', add: 'Add', inCart: 'in the cart',
    added: (name: string) => `${name} added`, unknownBarcode: (code: string) => `No product has the barcode ${code}.`, clear: 'Clear the search',
  },
  cart: {
    title: 'Cart', empty: 'The cart is empty', emptyHint: 'Choose a product or scan a barcode.', quantity: (name: string) => `Quantity of ${name}`,
    more: (name: string) => `One more ${name}`, less: (name: string) => `One less ${name}`, remove: (name: string) => `Remove ${name}`,
    each: (price: string) => `${price} each`, badQuantity: 'Enter 2 or 0.5, for example, up to 99,999.', clear: 'Clear', clearTitle: 'Clear the cart?',
    clearText: (n: string) => `All lines go: ${n}.`, subtotal: 'Subtotal', discount: 'Discounts', tax: 'Tax', taxIncluded: 'Tax included', total: 'Total',
    coupon: 'Coupon code', addCoupon: 'Apply', removeCoupon: (code: string) => `Remove coupon ${code}`, pay: (total: string) => `Pay ${total}`, payIdle: 'Pay',
    pricing: 'Pricing…', lines: (n: number) => (n === 1 ? '1 line' : `${n} lines`), view: 'View cart', announce: (total: string, lines: string) => `Total ${total}, ${lines}`,
    notApplied: (what: string, why: string) => `${what} not applied: ${why}`, keepSelling: 'Add more',
  },
  pay: {
    title: 'Payment', left: 'Left to pay', paid: 'Fully tendered', change: 'Change', method: 'How is it paid?', cash: 'Cash', card: 'Card', paystack: 'Paystack',
    cashGiven: 'Cash received', quick: 'Quick amounts', exact: 'Exact', amount: 'Amount', reference: 'Terminal reference', referenceHint: 'From the card terminal’s slip',
    addCash: 'Add cash', addCard: 'Add card payment', addPaystack: 'Add Paystack payment', tenders: 'Tenders', given: (amount: string) => `${amount} given`,
    removeTender: (name: string) => `Remove ${name}`, complete: 'Complete sale', completing: 'Recording the sale…', invalid: 'Enter an amount, for example 1500.',
    tooMuch: (most: string) => `A card or Paystack payment cannot be more than ${most}.`, needReference: 'Enter the reference from the terminal’s slip.',
    backToCart: 'Back to the cart', onlyOnline: 'The customer pays on their own phone', email: 'Customer’s e-mail',
    erase: 'Erase the last digit', keypad: 'Keypad',
  },
  pending: {
    title: 'Not confirmed yet', text: 'The server has not answered. The sale is kept and sent again with the same number, so it cannot be counted twice.',
    again: 'Send again now', next: (s: number) => `Next attempt in ${s} s`, sending: 'Sending…', leave: 'A sale is not confirmed yet.',
  },
  price: {
    title: 'The price has changed', text: (was: string, now: string) => `It was ${was}; it is now ${now}. Ask the customer before you go on.`,
    accept: (now: string) => `Go on at ${now}`, back: 'Back to the cart',
  },
  online: {
    title: 'Waiting for the payment', scan: 'The customer scans this code or opens the link, and pays there.', open: 'Open the payment page', link: 'Payment link',
    starting: 'Starting the payment…', waiting: 'Waiting for Paystack…', cancel: 'Cancel the sale', cancelTitle: 'Cancel this sale?',
    cancelText: 'If the customer has already paid, the money is matched and given back later. Look at their phone first.', reason: 'Customer did not pay online',
    cancelled: 'The sale was cancelled.', part: (n: number, of: number) => `Payment ${n} of ${of}`, email: 'Customer’s e-mail', start: 'Make the payment code',
    emailHint: 'Paystack sends its receipt there.',
  },
  receipt: {
    done: 'Sale complete', number: 'Receipt', change: 'Change', noChange: 'No change', paid: 'Paid', print: 'Print', pdf: 'PDF', next: 'New sale', refund: 'Refund this sale',
    loading: 'Preparing the receipt…', late: 'The receipt is not ready yet. The sale is recorded.', text: 'Receipt text', rounding: 'Cash rounding',
  },
  refund: {
    title: 'Refund', find: 'Receipt number', search: 'Find', last: 'Last sale', notFound: (n: string) => `No sale has the number ${n}.`, choose: 'What comes back?',
    quantity: (name: string) => `Quantity of ${name} to refund`, of: (n: string) => `of ${n}`, nothingLeft: 'Already refunded', restock: 'Back on the shelf', reason: 'Reason',
    reasons: ['Changed their mind', 'Faulty or damaged', 'Wrong item', 'Wrong price'], other: 'Another reason', submit: 'Refund', working: 'Refunding…',
    confirmTitle: 'Refund these lines?', confirmText: 'The amount is worked out from the original sale and given back as it was paid.', all: 'Everything', done: 'Refund recorded', amount: 'Give back',
    number: 'Credit note', noPermission: 'A supervisor must sign in', noPermissionText: 'You may not refund. Ask a supervisor or a manager to sign in on this till.',
    switchUser: 'Sign in as somebody else', nothing: 'Choose at least one line and a reason.', badQuantity: 'Enter a quantity that was sold and not yet refunded.',
    explain: 'As on the receipt', finish: 'Done', original: 'Original sale', none: 'Nothing of this sale is left to refund.',
  },
  roles: { cashier: 'cashier', supervisor: 'supervisor', manager: 'manager', owner: 'owner', auditor: 'auditor' } as Record<string, string>,
  menu: { title: 'Menu', refund: 'Refund', shift: 'Shift', help: 'Shortcuts', signOut: 'Sign out', changeTill: 'Change till', signedInAs: (name: string) => `Signed in as ${name}` },
  help: {
    title: 'Keyboard shortcuts', search: 'Search products', coupon: 'Enter a coupon', pay: 'Pay', refund: 'Refund', shift: 'Shift', help: 'This list', close: 'Close or go back',
    next: 'Go on: the main button', scanner: 'A barcode scanner works anywhere on the page.', move: 'Move between fields',
  },
};

export type Strings = typeof en;
