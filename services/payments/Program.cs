using WebWaka;
using WebWaka.Payments;

return await ServiceDefaults.Run(args, builder => builder.AddPaymentsCell(), app => app.MapPaymentsCell());
