using Platform.Export;
using Platform.Hosting.Storage;

// dotnet run --project eng/export -- --from TIME --to TIME FILE ; the verb is ./dev export, docs/prediction-log.md says more.
if (args is [] or ["--help" or "-h"])
{
    Console.WriteLine(ExportCommand.Usage);
    return 0;
}

if (ExportCommand.Read(args, out var command) is { } mistake)
{
    Console.Error.WriteLine($"error: {mistake}\n\n{ExportCommand.Usage}");
    return 2;
}

PrivateFiles.MakeNoOthers(); // what people asked and were answered
try
{
    var (written, unreadable) = command.IsParquet ? await TableExporter.RunAsync(command) : Exporter.Run(command);
    Console.WriteLine($"{written} {(command.IsParquet ? "rows" : "records")} in {command.File}");
    if (unreadable == 0) return 0;
    Console.Error.WriteLine($"error: {unreadable} records of the log are damaged; {command.File} has all others that were asked for");
    return 1;
}
catch (Exception exception) when (exception is IOException or HttpRequestException or TaskCanceledException or UnauthorizedAccessException
    or DllNotFoundException or Confluent.Kafka.KafkaException)
{
    Console.Error.WriteLine($"error: {exception.Message}");
    return 1;
}
