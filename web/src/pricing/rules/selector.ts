import type { ItemSelector } from '../documents';

/** What a selector looks at: a cart's line with its ids in lower case. */
export interface Item {
  product: string | undefined;
  brand: string | undefined;
  categories: readonly string[];
  tags: readonly string[];
}

/** An item selector with its lists as sets. */
export class Selector {
  readonly takesAll: boolean;
  private readonly excluding: boolean;
  readonly products: Set<string>;
  readonly categories: Set<string>;
  readonly brands: Set<string>;
  readonly tags: Set<string>;
  private readonly withoutProducts: Set<string>;
  private readonly withoutCategories: Set<string>;
  private readonly withoutBrands: Set<string>;
  private readonly withoutTags: Set<string>;

  constructor(rule: ItemSelector | null | undefined) {
    this.products = new Set((rule?.products ?? []).map((id) => id.toLowerCase()));
    this.categories = new Set(rule?.categories);
    this.brands = new Set(rule?.brands);
    this.tags = new Set(rule?.tags);
    this.withoutProducts = new Set((rule?.excludedProducts ?? []).map((id) => id.toLowerCase()));
    this.withoutCategories = new Set(rule?.excludedCategories);
    this.withoutBrands = new Set(rule?.excludedBrands);
    this.withoutTags = new Set(rule?.excludedTags);
    this.takesAll = this.products.size + this.categories.size + this.brands.size + this.tags.size === 0;
    this.excluding =
      this.withoutProducts.size + this.withoutCategories.size + this.withoutBrands.size + this.withoutTags.size > 0;
  }

  matches(item: Item): boolean {
    return (this.takesAll || isAny(item, this.products, this.categories, this.brands, this.tags)) && !this.excludes(item);
  }

  excludes(item: Item): boolean {
    return (
      this.excluding && isAny(item, this.withoutProducts, this.withoutCategories, this.withoutBrands, this.withoutTags)
    );
  }
}

function isAny(item: Item, products: Set<string>, categories: Set<string>, brands: Set<string>, tags: Set<string>): boolean {
  if (products.size > 0 && item.product !== undefined && products.has(item.product)) return true;
  if (brands.size > 0 && item.brand !== undefined && brands.has(item.brand)) return true;
  return hasAny(categories, item.categories) || hasAny(tags, item.tags);
}

function hasAny(wanted: Set<string>, words: readonly string[]): boolean {
  if (wanted.size === 0) return false;
  for (const word of words) if (wanted.has(word)) return true;
  return false;
}
