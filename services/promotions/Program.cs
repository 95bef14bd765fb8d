using WebWaka;
using WebWaka.Promotions;

return await ServiceDefaults.Run(args, builder => builder.AddPromotionsCell(), app => app.MapPromotionsCell());
