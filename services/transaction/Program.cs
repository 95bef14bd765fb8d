using WebWaka;
using WebWaka.Transaction;

return await ServiceDefaults.Run(args, builder => builder.AddTransactionCell(), app => app.MapTransactionCell());
