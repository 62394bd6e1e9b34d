using Microsoft.Extensions.Configuration;
using Platform.Hosting.PredictionLog;

namespace Platform.Export;

/// <summary>Copies the records that are asked for.</summary>
internal static class Exporter
{
    /// <summary>
    /// Returns how many records were written. The file appears when it is complete. Throws <see cref="IOException"/> when the log
    /// cannot be read or the file is there already.
    /// </summary>
    public static long Run(ExportCommand command)
    {
        var options = Options(command);
        if (File.Exists(command.File)) throw new IOException($"{command.File} is there already.");
        var partial = command.File + ".partial";
        try
        {
            var written = Write(command, Records(command, options), partial);
            File.Move(partial, command.File);
            return written;
        }
        finally
        {
            File.Delete(partial);
        }
    }

    private static long Write(ExportCommand command, IEnumerable<ReadOnlyMemory<byte>> records, string path)
    {
        using var lines = Compression.Create(path, command.File);
        var written = 0L;
        foreach (var record in records)
        {
            if (RecordHead.Read(record.Span) is not { } head || !command.Wants(head)) continue;
            lines.Write(record.Span);
            lines.WriteByte((byte)'\n');
            written++;
        }
        return written;
    }

    private static IEnumerable<ReadOnlyMemory<byte>> Records(ExportCommand command, PredictionLogOptions options)
    {
        if (command.Kafka is not null) return TopicRecords.Read(options.Kafka);
        var folder = Path.Combine(command.Data, "prediction-log");
        return Directory.Exists(folder)
            ? ForeignLog.Read(folder, options)
            : throw new IOException($"There is no prediction log in {Path.GetFullPath(command.Data)}; --data names the data folder of a standalone process.");
    }

    private static PredictionLogOptions Options(ExportCommand command)
    {
        var configuration = new ConfigurationBuilder().AddEnvironmentVariables("PLATFORM_").Build();
        var options = configuration.GetSection("PredictionLog").Get<PredictionLogOptions>() ?? new PredictionLogOptions();
        options.Kafka.BootstrapServers = command.Kafka ?? "";
        options.Kafka.Topic = command.Topic ?? options.Kafka.Topic;
        options.Kafka.BrokerVersion = command.BrokerVersion ?? options.Kafka.BrokerVersion;
        return options;
    }
}
