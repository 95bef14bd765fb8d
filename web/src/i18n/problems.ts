import type { ApiProblem } from '@/api/problem';
import type { Language } from './language';

type Sentences = Readonly<Record<string, string>>;

/** One human sentence for each code a server may answer that a cashier can meet; a code without one falls back on its status. */
const en: Sentences = {
  unreachable: 'The server cannot be reached. Check the connection and try again.',
  unexpected_answer: 'The server gave an answer that the till does not understand. Tell your manager if it happens again.',
  unexpected: 'Something went wrong on this page. Reload it and try again.',
  signed_out: 'Your session has ended. Sign in again.',
  wrong_credentials: 'That e-mail and password do not belong together. After five tries wait a while.',
  refresh_token_invalid: 'Your session has ended. Sign in again.',
  token_of_other_tenant: 'You are signed in at another shop. Sign in again here.',
  too_many_requests: 'Too many requests. Wait a moment and try again.',
  coupon_used_up: 'That coupon has been used up.',
  promotion_used_up: 'That offer has just been used up. Ask for the new price.',
  card_number_refused: 'That looks like a card number. Enter the reference from the terminal’s slip, never the card’s number.',
  cannot_be_priced: 'The server cannot price this cart. Remove the product added last, or tell your manager.',
  shift_not_open: 'The shift is closed. Open a new one to go on.',
  shift_unknown: 'This shift is not known. Open a new one to go on.',
  shift_has_closed: 'The shift of this sale is closed: refund it instead.',
  tenders_do_not_pay: 'The tenders do not match what is due. Take them back and enter them again.',
  store_unknown: 'This store is not known any more. Choose another one.',
  till_unknown: 'This till is not known any more. Choose another one.',
  refund_exceeds_sale: 'That is more than was sold or paid and not yet refunded.',
  sale_not_completed: 'This sale is not complete, so nothing of it can be given back.',
  sale_has_refunds: 'Part of this sale has been refunded: it cannot be cancelled any more.',
  forbidden: 'You are not allowed to do this. Ask a supervisor or a manager.',
  ticket_expired: 'The time to pay is over. Cancel the sale and ring it up again.',
  currency_not_supported: 'Paystack does not take this currency. Choose cash or card.',
  paystack_not_configured: 'Paystack is not set up for this shop. Choose cash or card.',
  paystack_unavailable: 'Paystack cannot be reached. Nothing was charged: try again, or choose cash or card.',
  tenant_not_ready: 'The shop is being set up. Try again in a moment.',
  price_changed: 'A price has changed since it was quoted.',
  coupon_unknown: 'There is no such coupon.',
  shift_already_open: 'A shift is already open on this till.',
  product_unknown: 'A product in the cart is no longer in the catalogue. Remove it and go on.',
  sale_already_voided: 'The sale has already been cancelled.',
  tenant_unknown: 'There is no shop at this address.',
  tenant_suspended: 'This shop is suspended. Its owner should contact WebWaka.',
  status_400: 'The server could not read the request. Check what you entered.',
  status_401: 'Your session has ended. Sign in again.',
  status_403: 'You are not allowed to do this.',
  status_404: 'That was not found.',
  status_409: 'That does not fit what is already recorded.',
  status_412: 'Somebody changed this in the meantime. Load it again.',
  status_422: 'The server refused what was entered.',
  status_429: 'Too many requests. Wait a moment and try again.',
  status_500: 'The server had a problem. Try again.',
  status_503: 'The server is not ready. Try again in a moment.',
};

const fr: Record<keyof typeof en, string> = {
  unreachable: 'Le serveur est injoignable. Vérifiez la connexion et réessayez.',
  unexpected_answer: 'Le serveur a donné une réponse que la caisse ne comprend pas. Prévenez votre gérant si cela se reproduit.',
  unexpected: 'Un problème est survenu sur cette page. Rechargez-la et réessayez.',
  signed_out: 'Votre session est terminée. Reconnectez-vous.',
  wrong_credentials: 'Cet e-mail et ce mot de passe ne vont pas ensemble. Après cinq essais, attendez un moment.',
  refresh_token_invalid: 'Votre session est terminée. Reconnectez-vous.',
  token_of_other_tenant: 'Vous êtes connecté à une autre boutique. Reconnectez-vous ici.',
  too_many_requests: 'Trop de demandes. Attendez un instant et réessayez.',
  coupon_used_up: 'Ce code promo est épuisé.',
  promotion_used_up: 'Cette offre vient d’être épuisée. Demandez le nouveau prix.',
  card_number_refused: 'Cela ressemble à un numéro de carte. Saisissez la référence du ticket du terminal, jamais le numéro de la carte.',
  cannot_be_priced: 'Le serveur ne peut pas calculer ce panier. Retirez le dernier article ou prévenez votre gérant.',
  shift_not_open: 'La caisse est clôturée. Ouvrez-la à nouveau pour continuer.',
  shift_unknown: 'Cette session de caisse est inconnue. Ouvrez-en une nouvelle pour continuer.',
  shift_has_closed: 'La caisse de cette vente est clôturée : remboursez-la plutôt.',
  tenders_do_not_pay: 'Les règlements ne correspondent pas au montant dû. Annulez-les et recommencez.',
  store_unknown: 'Ce magasin n’existe plus. Choisissez-en un autre.',
  till_unknown: 'Cette caisse n’existe plus. Choisissez-en une autre.',
  refund_exceeds_sale: 'C’est plus que ce qui a été vendu ou payé et pas encore remboursé.',
  sale_not_completed: 'Cette vente n’est pas terminée : rien ne peut en être remboursé.',
  sale_has_refunds: 'Une partie de cette vente a été remboursée : elle ne peut plus être annulée.',
  forbidden: 'Vous n’avez pas le droit de faire cela. Demandez à un superviseur ou à un gérant.',
  ticket_expired: 'Le délai de paiement est dépassé. Annulez la vente et recommencez.',
  currency_not_supported: 'Paystack n’accepte pas cette devise. Choisissez espèces ou carte.',
  paystack_not_configured: 'Paystack n’est pas configuré pour cette boutique. Choisissez espèces ou carte.',
  paystack_unavailable: 'Paystack est injoignable. Rien n’a été débité : réessayez, ou choisissez espèces ou carte.',
  tenant_not_ready: 'La boutique est en cours de préparation. Réessayez dans un instant.',
  price_changed: 'Un prix a changé depuis le calcul.',
  coupon_unknown: 'Ce code promo n’existe pas.',
  shift_already_open: 'Cette caisse est déjà ouverte.',
  product_unknown: 'Un article du panier n’est plus au catalogue. Retirez-le pour continuer.',
  sale_already_voided: 'La vente est déjà annulée.',
  tenant_unknown: 'Il n’y a pas de boutique à cette adresse.',
  tenant_suspended: 'Cette boutique est suspendue. Son propriétaire doit contacter WebWaka.',
  status_400: 'Le serveur n’a pas pu lire la demande. Vérifiez votre saisie.',
  status_401: 'Votre session est terminée. Reconnectez-vous.',
  status_403: 'Vous n’avez pas le droit de faire cela.',
  status_404: 'Introuvable.',
  status_409: 'Cela ne s’accorde pas avec ce qui est déjà enregistré.',
  status_412: 'Quelqu’un a modifié cela entre-temps. Rechargez.',
  status_422: 'Le serveur a refusé la saisie.',
  status_429: 'Trop de demandes. Attendez un instant et réessayez.',
  status_500: 'Le serveur a eu un problème. Réessayez.',
  status_503: 'Le serveur n’est pas prêt. Réessayez dans un instant.',
};

/** Why pricing did not give an offer, by the reason in the quote (services/Pricing: Reasons). */
const enReasons: Sentences = {
  exhausted: 'The offer has been used up.',
  outside_dates: 'The offer is not valid today.',
  outside_hours: 'The offer is not valid at this hour.',
  other_store: 'The offer is for another store.',
  other_till: 'The offer is for another till.',
  other_customer: 'The offer is for another customer.',
  other_customer_group: 'The offer is for another group of customers.',
  not_first_purchase: 'The offer is for a first purchase.',
  below_minimum_quantity: 'The cart has fewer articles than the offer asks for.',
  below_minimum_amount: 'The cart is below what the offer asks for.',
  coupon_required: 'The offer needs its coupon.',
  coupon_unknown: 'There is no such coupon.',
  coupon_repeated: 'That coupon is in the cart already.',
  coupon_limit: 'No more coupons of this offer can be taken.',
  no_matching_item: 'Nothing in the cart belongs to the offer.',
  not_combinable: 'The offer does not go together with another one.',
  better_promotion: 'Another offer saves more.',
  nothing_to_discount: 'There is nothing left to take off.',
};

const frReasons: Record<keyof typeof enReasons, string> = {
  exhausted: 'L’offre est épuisée.',
  outside_dates: 'L’offre n’est pas valable aujourd’hui.',
  outside_hours: 'L’offre n’est pas valable à cette heure.',
  other_store: 'L’offre vaut dans un autre magasin.',
  other_till: 'L’offre vaut à une autre caisse.',
  other_customer: 'L’offre est pour un autre client.',
  other_customer_group: 'L’offre est pour un autre groupe de clients.',
  not_first_purchase: 'L’offre est pour un premier achat.',
  below_minimum_quantity: 'Le panier a moins d’articles que l’offre n’en demande.',
  below_minimum_amount: 'Le panier n’atteint pas le minimum de l’offre.',
  coupon_required: 'L’offre demande son code promo.',
  coupon_unknown: 'Ce code promo n’existe pas.',
  coupon_repeated: 'Ce code promo est déjà dans le panier.',
  coupon_limit: 'Aucun autre code promo de cette offre n’est accepté.',
  no_matching_item: 'Rien dans le panier ne correspond à l’offre.',
  not_combinable: 'L’offre ne se cumule pas avec une autre.',
  better_promotion: 'Une autre offre est plus avantageuse.',
  nothing_to_discount: 'Il ne reste rien à déduire.',
};

export const problemSentences = { en, fr } as const;
export const reasonSentences = { en: enReasons, fr: frReasons } as const;

/** Why an offer did not apply: the reason codes of a quote's `notApplied`. */
const enReasons = {
  coupon_required: 'it needs a coupon',
  coupon_limit: 'it has been used as often as it may be',
  coupon_repeated: 'it was entered already',
  below_minimum_amount: 'the cart is below the amount that it asks for',
  below_minimum_quantity: 'the cart has too few of the items',
  no_matching_item: 'nothing in the cart belongs to it',
  nothing_to_discount: 'there is nothing left to discount',
  better_promotion: 'a better offer applies',
  not_combinable: 'it does not go together with another offer',
  outside_dates: 'it is not valid today',
  outside_hours: 'it is not valid at this hour',
  other_store: 'it is not for this store',
  other_till: 'it is not for this till',
};

const frReasons: Record<keyof typeof enReasons, string> = {
  coupon_required: 'un code promo est nécessaire',
  coupon_limit: 'il a été utilisé autant de fois que permis',
  coupon_repeated: 'il est déjà saisi',
  below_minimum_amount: 'le panier n’atteint pas le montant demandé',
  below_minimum_quantity: 'le panier contient trop peu d’articles concernés',
  no_matching_item: 'aucun article du panier n’est concerné',
  nothing_to_discount: 'il ne reste rien à remiser',
  better_promotion: 'une meilleure offre s’applique',
  not_combinable: 'elle ne se cumule pas avec une autre offre',
  outside_dates: 'elle n’est pas valable aujourd’hui',
  outside_hours: 'elle n’est pas valable à cette heure',
  other_store: 'elle n’est pas pour ce magasin',
  other_till: 'elle n’est pas pour cette caisse',
};

export const reasonSentences: Readonly<Record<Language, Sentences>> = { en: enReasons, fr: frReasons };

/** The sentence for a problem: by its code, else the server's own detail where that is written for people (4xx), else by its status. */
export function sentenceFor(problem: ApiProblem, language: Language): string {
  const sentences = problemSentences[language];
  const known = sentences[problem.code];
  if (known) return known;
  if (problem.detail && problem.status >= 400 && problem.status < 500) return problem.detail;
  return sentences[`status_${problem.status}`] ?? (problem.status >= 500 ? sentences.status_500! : sentences.unexpected!);
}

/** Why a promotion did not apply, by its reason code; a reason that is already a sentence is kept. */
export const reasonFor = (reason: string, language: Language): string => reasonSentences[language][reason] ?? reason.replaceAll('_', ' ');
