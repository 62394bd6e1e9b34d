using System.Runtime.InteropServices;

namespace Platform.MockKafka;

/// <summary>
/// The mock cluster that librdkafka tests itself against: one broker on loopback that speaks the protocol (headers, idempotent
/// producers, groups, compression) and keeps its topics in memory.
/// </summary>
internal sealed partial class MockCluster
{
    private const int OnlyBroker = 1;
    private const int Producer = 0;

    private readonly nint _cluster;

    public MockCluster()
    {
        var client = NewClient(Producer, NewConfiguration(), nint.Zero, 0);
        _cluster = NewCluster(client, brokers: 1);
        if (_cluster == nint.Zero) throw new InvalidOperationException("librdkafka could not make a mock cluster.");
    }

    /// <summary>What clients are given as <c>bootstrap.servers</c>.</summary>
    public string BootstrapServers => Marshal.PtrToStringUTF8(Bootstraps(_cluster))!;

    /// <summary>Closes the broker's connections and its port; topics stay.</summary>
    public void TakeDown() => Check(SetDown(_cluster, OnlyBroker));

    /// <summary>Opens the port again.</summary>
    public void BringUp() => Check(SetUp(_cluster, OnlyBroker));

    /// <summary>Makes a topic; one that nobody made has four partitions.</summary>
    public void CreateTopic(string name, int partitions) => Check(CreateTopic(_cluster, name, partitions, replicationFactor: 1));

    /// <summary>Removes the oldest records, as retention does.</summary>
    public void DeleteRecords(string topic, int partition, long before) => Check(DeleteRecords(_cluster, topic, partition, before));

    private static void Check(int error)
    {
        if (error != 0) throw new InvalidOperationException($"librdkafka answered error {error}.");
    }

    [LibraryImport(LoadedLibrary.Name, EntryPoint = "rd_kafka_conf_new")]
    private static partial nint NewConfiguration();

    [LibraryImport(LoadedLibrary.Name, EntryPoint = "rd_kafka_new")]
    private static partial nint NewClient(int type, nint configuration, nint error, nuint errorSize);

    [LibraryImport(LoadedLibrary.Name, EntryPoint = "rd_kafka_mock_cluster_new")]
    private static partial nint NewCluster(nint client, int brokers);

    [LibraryImport(LoadedLibrary.Name, EntryPoint = "rd_kafka_mock_cluster_bootstraps")]
    private static partial nint Bootstraps(nint cluster);

    [LibraryImport(LoadedLibrary.Name, EntryPoint = "rd_kafka_mock_broker_set_down")]
    private static partial int SetDown(nint cluster, int broker);

    [LibraryImport(LoadedLibrary.Name, EntryPoint = "rd_kafka_mock_broker_set_up")]
    private static partial int SetUp(nint cluster, int broker);

    [LibraryImport(LoadedLibrary.Name, EntryPoint = "rd_kafka_mock_topic_create", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int CreateTopic(nint cluster, string topic, int partitions, int replicationFactor);

    [LibraryImport(LoadedLibrary.Name, EntryPoint = "rd_kafka_mock_partition_delete_records", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int DeleteRecords(nint cluster, string topic, int partition, long before);
}
