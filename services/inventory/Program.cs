using WebWaka;
using WebWaka.Inventory;

return await ServiceDefaults.Run(args, builder => builder.AddInventoryCell(), app => app.MapInventoryCell());
