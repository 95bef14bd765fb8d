using WebWaka;
using WebWaka.Inventory;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddInventoryCell();
var app = builder.Build();
app.MapInventoryCell();
app.Run();
