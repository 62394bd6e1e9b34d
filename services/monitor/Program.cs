using Platform.Hosting.Defaults;
using Platform.Hosting.Messaging;
using Platform.Monitor;

var builder = PlatformDefaults.CreateBuilder(args);

builder.AddPlatformDefaults(MonitorService.Name);
builder.AddMonitor();
builder.AddPlatformMessaging(MonitorService.Messaging);

var app = builder.Build();

app.MapPlatformDefaults();
app.MapMonitor();

await app.RunAsync();
