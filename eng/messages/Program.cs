using Platform.Messages;

// dotnet run --project eng/messages [FOLDER]: writes docs/messages from the contracts.
var folder = args is [var given] ? given : Path.Combine("docs", "messages");
foreach (var (path, content) in MessageDocuments.Generate())
{
    var file = Path.Combine(folder, path);
    Directory.CreateDirectory(Path.GetDirectoryName(file)!);
    File.WriteAllText(file, content);
}
