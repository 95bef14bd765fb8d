using WebWaka;
using WebWaka.Identity;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddIdentityCell();
var app = builder.Build();
app.MapIdentityCell();
app.Run();
