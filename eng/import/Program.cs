using Platform.Import;

// dotnet run --project eng/import -- mlflow URI ; the verb is ./dev import, docs/mlflow.md says more.
if (args is [] or ["--help" or "-h"])
{
    Console.WriteLine(ImportCommand.Usage);
    return 0;
}

if (ImportCommand.Read(args, out var command) is { } mistake)
{
    Console.Error.WriteLine($"error: {mistake}\n\n{ImportCommand.Usage}");
    return 2;
}

try
{
    (await Importer.RunAsync(command, Environment.GetEnvironmentVariable, Console.Out)).Write();
    return 0;
}
catch (Exception exception) when (exception is HttpRequestException or IOException or MLflowException)
{
    Console.Error.WriteLine($"error: {exception.Message}\nRun it again: what has come over is not copied twice.");
    return 1;
}
