using WebWaka;
using WebWaka.Identity;

return await ServiceDefaults.Run(args, builder => builder.AddIdentityCell(), app => app.MapIdentityCell());
