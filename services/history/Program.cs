using WebWaka;
using WebWaka.History;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddHistoryCell();
var app = builder.Build();
app.MapHistoryCell();
app.Run();
