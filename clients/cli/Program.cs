using Platform.Cli.Commands;
using Platform.Cli.Output;
using Platform.Cli.Settings;

return await PlatformCommand.RunAsync(args, new Terminal(Console.In, Console.Out, Console.Error), Login.FromEnvironment());
