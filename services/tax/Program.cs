using WebWaka;
using WebWaka.Tax;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddTaxCell();
var app = builder.Build();
app.MapTaxCell();
app.Run();
