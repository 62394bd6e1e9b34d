using Platform.Gateway;
using Platform.Hosting.Defaults;
using Platform.Hosting.Messaging;

var builder = PlatformDefaults.CreateBuilder(args);

builder.AddPlatformDefaults(GatewayService.Name);
builder.AddGateway();
builder.AddPlatformMessaging(GatewayService.Messaging);

var app = builder.Build();

app.MapPlatformDefaults();
app.MapGateway();

await app.RunAsync();
