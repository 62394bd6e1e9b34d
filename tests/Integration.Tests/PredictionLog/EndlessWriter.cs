namespace Platform.Integration.Tests.PredictionLog;

/// <summary>
/// <c>dotnet Platform.Integration.Tests.dll FOLDER SETTING=VALUE…</c> appends to the prediction log without end and says how many
/// records are durable. <see cref="KilledWriterTests"/> kills it.
/// </summary>
internal static class EndlessWriter
{
    private const int AtOnce = 50;

    public static async Task Main(string[] arguments)
    {
        var settings = arguments[1..].Select(setting => setting.Split('=', 2)).ToDictionary(pair => pair[0], pair => (string?)pair[1]);
        await using var process = await WritingProcess.StartAsync(arguments[0], settings);
        while (true)
        {
            var durable = await process.CommitAsync();
            await Console.Out.WriteLineAsync($"{durable}");
            process.Append((int)durable, AtOnce);
        }
    }
}
