using Platform.Hosting.Defaults;
using Platform.Hosting.Messaging;
using Platform.Registry;

var builder = PlatformDefaults.CreateBuilder(args);

builder.AddPlatformDefaults(RegistryService.Name);
builder.AddRegistry();
builder.AddPlatformMessaging(RegistryService.Messaging);

var app = builder.Build();

app.MapPlatformDefaults();
app.MapRegistry();

await app.RunAsync();
