using WebWaka;
using WebWaka.History;

return await ServiceDefaults.Run(args, builder => builder.AddHistoryCell(), app => app.MapHistoryCell());
