using Platform.Check;
using Platform.Hosting.Storage;

// dotnet run --project eng/check -- --data DIR ; the verb is ./dev check, docs/failures.md says more.
if (args is ["--help" or "-h"])
{
    Console.WriteLine(CheckCommand.Usage);
    return 0;
}

if (CheckCommand.Read(args, out var command) is { } mistake)
{
    Console.Error.WriteLine($"error: {mistake}\n\n{CheckCommand.Usage}");
    return 2;
}

PrivateFiles.MakeNoOthers(); // what is set aside is what people keep here
try
{
    return Checker.Run(command, Console.Out);
}
catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
{
    Console.Error.WriteLine($"error: {exception.Message}");
    return 2;
}
