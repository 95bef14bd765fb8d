import type { Strings } from './en';

export const fr: Strings = {
  app: { name: 'WebWaka POS', loading: 'Chargement…', skip: 'Aller au panier', language: 'Langue', theme: 'Apparence' },
  theme: { auto: 'Comme l’appareil', light: 'Clair', dark: 'Sombre' },
  common: {
    back: 'Retour', cancel: 'Annuler', close: 'Fermer', confirm: 'Confirmer', retry: 'Réessayer', remove: 'Retirer', change: 'Modifier', optional: 'facultatif',
  },
  signIn: {
    title: 'Connexion à la caisse', shop: 'Boutique', email: 'E-mail', password: 'Mot de passe', show: 'Afficher', hide: 'Masquer', submit: 'Se connecter',
    working: 'Connexion…', ended: 'Votre session est terminée. Reconnectez-vous pour continuer.', missing: 'Saisissez votre e-mail et votre mot de passe.',
  },
  station: {
    title: 'Où travaillez-vous ?', store: 'Magasin', till: 'Caisse', use: 'Utiliser cette caisse', noStores: 'Aucun magasin pour l’instant. Un gérant le crée dans l’administration.',
    noTills: 'Ce magasin n’a pas encore de caisse. Un gérant la crée dans l’administration.',
  },
  shift: {
    open: 'Ouvrir la caisse', explain: 'Comptez les espèces du tiroir. C’est le fond de caisse de départ.', float: 'Fond de caisse', submit: 'Ouvrir la caisse',
    current: 'Service', since: (time) => `Ouverte depuis ${time}`, close: 'Clôturer la caisse', counted: 'Espèces comptées dans le tiroir',
    closeExplain: 'Comptez toutes les espèces du tiroir, fond de caisse compris.', closed: 'Caisse clôturée', number: 'Rapport Z', expected: 'Attendu dans le tiroir',
    variance: 'Écart', over: 'en trop', short: 'manquant', even: 'Aucun écart', sales: 'Ventes', refunds: 'Remboursements', next: 'Ouvrir à nouveau la caisse',
    unfinished: 'Terminez ou videz le panier avant de clôturer la caisse.', invalid: 'Saisissez un montant, par exemple 5000.',
  },
  products: {
    title: 'Articles', search: 'Chercher par nom, référence ou code-barres', all: 'Tout', categories: 'Catégories', none: 'Aucun article trouvé',
    noneHint: 'Essayez un autre mot ou une autre catégorie.', empty: 'Le catalogue est vide', emptyHint: 'Un gérant ajoute les articles dans l’administration.',
    more: 'Afficher plus', left: (n) => `${n} en stock`, noneLeft: 'Plus de stock', add: 'Ajouter', inCart: 'au panier',
    added: (name) => `${name} ajouté`, unknownBarcode: (code) => `Aucun article n’a le code-barres ${code}.`, clear: 'Effacer la recherche',
  },
  cart: {
    title: 'Panier', empty: 'Le panier est vide', emptyHint: 'Choisissez un article ou scannez un code-barres.', quantity: (name) => `Quantité de ${name}`,
    more: (name) => `Un ${name} de plus`, less: (name) => `Un ${name} de moins`, remove: (name) => `Retirer ${name}`,
    each: (price) => `${price} l’unité`, badQuantity: 'Saisissez par exemple 2 ou 0,5, jusqu’à 99 999.', clear: 'Vider', clearTitle: 'Vider le panier ?',
    clearText: (n) => `Tout sera retiré : ${n}.`, subtotal: 'Sous-total', discount: 'Remises', tax: 'Taxes', taxIncluded: 'Taxes comprises', total: 'Total',
    coupon: 'Code promo', addCoupon: 'Appliquer', removeCoupon: (code) => `Retirer le code ${code}`, pay: (total) => `Payer ${total}`, payIdle: 'Payer',
    pricing: 'Calcul…', lines: (n) => (n <= 1 ? `${n} ligne` : `${n} lignes`), view: 'Voir le panier', announce: (total, lines) => `Total ${total}, ${lines}`,
    notApplied: (what, why) => `${what} non appliqué : ${why}`, keepSelling: 'Ajouter',
  },
  pay: {
    title: 'Paiement', left: 'Reste à payer', paid: 'Réglé en totalité', change: 'Monnaie à rendre', method: 'Quel moyen de paiement ?', cash: 'Espèces', card: 'Carte', paystack: 'Paystack',
    cashGiven: 'Espèces reçues', quick: 'Montants rapides', exact: 'Exact', amount: 'Montant', reference: 'Référence du terminal', referenceHint: 'Sur le ticket du terminal de carte',
    addCash: 'Ajouter les espèces', addCard: 'Ajouter la carte', addPaystack: 'Ajouter Paystack', tenders: 'Règlements', given: (amount) => `${amount} reçus`,
    removeTender: (name) => `Retirer ${name}`, complete: 'Terminer la vente', completing: 'Enregistrement de la vente…', invalid: 'Saisissez un montant, par exemple 1500.',
    tooMuch: (most) => `Un paiement par carte ou Paystack ne peut dépasser ${most}.`, needReference: 'Saisissez la référence du ticket du terminal.',
    backToCart: 'Retour au panier', onlyOnline: 'Le client paie sur son téléphone', email: 'E-mail du client',
    erase: 'Effacer le dernier chiffre', keypad: 'Pavé numérique',
  },
  pending: {
    title: 'Pas encore confirmée', text: 'Le serveur n’a pas répondu. La vente est gardée et renvoyée avec le même numéro : elle ne peut pas être comptée deux fois.',
    again: 'Renvoyer maintenant', next: (s) => `Prochain essai dans ${s} s`, sending: 'Envoi…', leave: 'Une vente n’est pas encore confirmée.',
  },
  price: {
    title: 'Le prix a changé', text: (was, now) => `Il était de ${was} ; il est maintenant de ${now}. Demandez au client avant de continuer.`,
    accept: (now) => `Continuer à ${now}`, back: 'Retour au panier',
  },
  online: {
    title: 'En attente du paiement', scan: 'Le client scanne ce code ou ouvre le lien, et paie.', open: 'Ouvrir la page de paiement', link: 'Lien de paiement',
    starting: 'Lancement du paiement…', waiting: 'En attente de Paystack…', cancel: 'Annuler la vente', cancelTitle: 'Annuler cette vente ?',
    cancelText: 'Si le client a déjà payé, l’argent sera rapproché et rendu plus tard. Regardez d’abord son téléphone.', reason: 'Le client n’a pas payé en ligne',
    cancelled: 'La vente a été annulée.', part: (n, of) => `Paiement ${n} sur ${of}`, email: 'E-mail du client', start: 'Créer le code de paiement',
    emailHint: 'Paystack y envoie son reçu.',
  },
  receipt: {
    done: 'Vente terminée', number: 'Reçu', change: 'Monnaie à rendre', noChange: 'Rien à rendre', paid: 'Payé', print: 'Imprimer', pdf: 'PDF', next: 'Nouvelle vente', refund: 'Rembourser cette vente',
    loading: 'Préparation du reçu…', late: 'Le reçu n’est pas encore prêt. La vente est enregistrée.', text: 'Texte du reçu', rounding: 'Arrondi espèces',
  },
  refund: {
    title: 'Remboursement', find: 'Numéro de reçu', search: 'Chercher', last: 'Dernière vente', notFound: (n) => `Aucune vente n’a le numéro ${n}.`, choose: 'Qu’est-ce qui revient ?',
    quantity: (name) => `Quantité de ${name} à rembourser`, of: (n) => `sur ${n}`, nothingLeft: 'Déjà remboursé', restock: 'Remis en rayon', reason: 'Motif',
    reasons: ['A changé d’avis', 'Défectueux ou abîmé', 'Mauvais article', 'Mauvais prix'], other: 'Autre motif', submit: 'Rembourser', working: 'Remboursement…',
    confirmTitle: 'Rembourser ces lignes ?', confirmText: 'Le montant est calculé d’après la vente d’origine et rendu comme elle a été payée.', all: 'Tout', done: 'Remboursement enregistré', amount: 'À rendre',
    number: 'Avoir', noPermission: 'Un superviseur doit se connecter', noPermissionText: 'Vous ne pouvez pas rembourser. Demandez à un superviseur ou à un gérant de se connecter sur cette caisse.',
    switchUser: 'Se connecter avec un autre compte', nothing: 'Choisissez au moins une ligne et un motif.', badQuantity: 'Saisissez une quantité vendue et pas encore remboursée.',
    explain: 'Comme sur le reçu', finish: 'Terminé', original: 'Vente d’origine', none: 'Il ne reste rien à rembourser sur cette vente.',
  },
  roles: { cashier: 'caissier', supervisor: 'superviseur', manager: 'gérant', owner: 'propriétaire', auditor: 'auditeur' },
  menu: { title: 'Menu', refund: 'Rembourser', shift: 'Service', help: 'Raccourcis', signOut: 'Se déconnecter', changeTill: 'Changer de caisse', signedInAs: (name) => `Connecté : ${name}` },
  help: {
    title: 'Raccourcis clavier', search: 'Chercher un article', coupon: 'Saisir un code promo', pay: 'Payer', refund: 'Rembourser', shift: 'Service', help: 'Cette liste', close: 'Fermer ou revenir',
    next: 'Continuer : le bouton principal', scanner: 'Un lecteur de codes-barres fonctionne partout sur la page.', move: 'Passer d’un champ à l’autre',
  },
};
