using WebWaka;
using WebWaka.Tax;

return await ServiceDefaults.Run(args, builder => builder.AddTaxCell(), app => app.MapTaxCell());
