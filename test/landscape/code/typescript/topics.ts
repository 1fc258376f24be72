export const topics = { carts: 'shop.carts', checkouts: `shop.checkouts` } as const;
export const GROUP = 'carts';
