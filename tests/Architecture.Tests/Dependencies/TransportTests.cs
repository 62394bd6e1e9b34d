using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Platform.Architecture.Tests.Dependencies;

/// <summary>Only hosting knows transports, stores and the prediction log's files.</summary>
public sealed class TransportTests
{
    private static readonly string[] HostingOnly =
        ["MassTransit.RabbitMqTransport", "RabbitMQ.Client", "Npgsql", "Confluent.Kafka", "FASTER.core", "OpenTelemetry.Exporter.OpenTelemetryProtocol"];

    private static readonly string[] BusConfiguration =
        ["AddMassTransit", "UsingInMemory", "UsingRabbitMq", "AddPlatformMessaging"];

    public static TheoryData<string> Services => PlatformService.Names;

    [Theory, MemberData(nameof(Services))]
    public void A_service_refers_to_no_transport_and_no_store(string service)
    {
        var references = PlatformService.Find(service).Assembly.GetReferencedAssemblies().Select(reference => reference.Name!);
        Assert.Empty(references.Intersect(HostingOnly));
    }

    [Theory, MemberData(nameof(Services))]
    public void A_service_reaches_into_no_transport_of_the_bus(string service)
    {
        Assert.DoesNotContain(TypeReferences(PlatformService.Find(service).Assembly),
            name => name.StartsWith("MassTransit.InMemoryTransport", StringComparison.Ordinal) || name.Contains("RabbitMq", StringComparison.Ordinal));
    }

    [Theory, MemberData(nameof(Services))]
    public void Only_Program_configures_the_bus(string service)
    {
        var assembly = PlatformService.Find(service).Assembly;
        // Program is the host of a service that runs alone, so its one call of AddPlatformMessaging is there.
        Assert.Equal(["AddPlatformMessaging"], MemberReferences(assembly).Intersect(BusConfiguration));
    }

    [Fact]
    public void Only_onnx_knows_the_runtime()
    {
        Assert.All(PlatformService.All, service => Assert.DoesNotContain(
            service.Assembly.GetReferencedAssemblies(), reference => reference.Name == "Microsoft.ML.OnnxRuntime"));
    }

    private static List<string> TypeReferences(Assembly assembly) => Read(assembly, metadata => metadata.TypeReferences
        .Select(metadata.GetTypeReference)
        .Select(type => $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}"));

    private static List<string> MemberReferences(Assembly assembly) => Read(assembly, metadata => metadata.MemberReferences
        .Select(metadata.GetMemberReference)
        .Select(member => metadata.GetString(member.Name)));

    private static List<string> Read(Assembly assembly, Func<MetadataReader, IEnumerable<string>> select)
    {
        using var file = new PEReader(File.OpenRead(assembly.Location));
        return [.. select(file.GetMetadataReader()).Distinct()];
    }
}
