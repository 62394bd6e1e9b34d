using Microsoft.Extensions.Configuration;
using Platform.Hosting.Http;
using Platform.Hosting.PredictionLog;
using Platform.Hosting.PredictionLog.Files;

namespace Platform.Export;

/// <summary>Copies the records that are asked for.</summary>
internal static class Exporter
{
    /// <summary>
    /// Returns how many records were written, and how many could not be read. The file appears when it is complete. Throws
    /// <see cref="IOException"/> when the log cannot be read or the file is there already.
    /// </summary>
    public static ExportedRecords Run(ExportCommand command)
    {
        if (File.Exists(command.File)) throw new IOException($"{command.File} is there already.");
        var partial = command.File + ".partial";
        try
        {
            var written = Write(command, Records(command), partial);
            File.Move(partial, command.File);
            return written;
        }
        finally
        {
            File.Delete(partial);
        }
    }

    private static ExportedRecords Write(ExportCommand command, IEnumerable<ReadOnlyMemory<byte>?> records, string path)
    {
        using var lines = Compression.Create(path, command.File);
        var (written, unreadable) = (0L, 0L);
        foreach (var record in records)
        {
            if (record is not { } json || RecordHead.Read(json.Span) is not { } head)
            {
                unreadable++;
                continue;
            }
            if (!command.Wants(head)) continue;
            lines.Write(json.Span);
            lines.WriteByte((byte)'\n');
            written++;
        }
        return new ExportedRecords(written, unreadable);
    }

    /// <summary>All records of the log; null for each that is damaged.</summary>
    public static IEnumerable<ReadOnlyMemory<byte>?> Records(ExportCommand command)
    {
        var options = Options(command);
        if (command.Kafka is not null) return TopicRecords.Read(options.Kafka).Select(record => (ReadOnlyMemory<byte>?)record);
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

/// <summary>What became of the records.</summary>
/// <param name="Written">Those that were asked for and are in the file.</param>
/// <param name="Unreadable">Those that are damaged, so that nobody knows whether they were asked for.</param>
internal readonly record struct ExportedRecords(long Written, long Unreadable);
