using WebWaka;
using WebWaka.Gateway;

return await ServiceDefaults.Run(args, builder => builder.AddGateway(), app => app.MapGateway());
