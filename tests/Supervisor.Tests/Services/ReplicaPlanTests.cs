using Microsoft.Extensions.Configuration;
using Platform.Supervisor.Commands;
using Platform.Supervisor.Machine;
using Platform.Supervisor.Servers;
using Platform.Supervisor.Services;

namespace Platform.Supervisor.Tests.Services;

public sealed class ReplicaPlanTests
{
    [Fact]
    public void The_registry_comes_first_the_gateway_last_and_each_has_a_port_and_a_name_of_its_own()
    {
        var replicas = Plan("--replicas", "inference=2");
        Assert.Equal(["registry", "inference-1", "inference-2", "monitor-1", "explainer-1", "gateway"], replicas.Select(replica => replica.Name));
        Assert.Equal(6, replicas.Select(replica => replica.Port).Distinct().Count());
        Assert.Equal(6, replicas.Select(replica => replica.Folder).Distinct().Count());
    }

    [Fact]
    public void The_gateway_knows_every_replica()
    {
        var replicas = Plan("--replicas", "inference=2");
        Assert.Equal($"http://127.0.0.1:{replicas[1].Port},http://127.0.0.1:{replicas[2].Port}", replicas[^1].Environment["PLATFORM_Gateway__inference"]);
        Assert.Equal("http://127.0.0.1:8080", replicas[^1].Environment["ASPNETCORE_URLS"]);
    }

    [Fact]
    public void The_others_ask_the_one_registry_itself_and_several_by_way_of_the_gateway()
    {
        var one = Plan();
        Assert.Equal($"http://127.0.0.1:{one[0].Port}", one[1].Environment["PLATFORM_Registry__Address"]);
        Assert.Equal("http://127.0.0.1:8080", Plan("--replicas", "registry=2")[2].Environment["PLATFORM_Registry__Address"]);
    }

    [Fact]
    public void Replicas_of_the_registry_share_their_files()
    {
        var replicas = Plan("--replicas", "registry=2");
        Assert.Equal(["registry-1", "registry-2"], replicas.Take(2).Select(replica => replica.Name));
        Assert.Equal(replicas[0].Folder, replicas[1].Folder);
    }

    [Fact]
    public void All_have_one_secret_and_the_registry_writes_the_first_key_where_it_can_be_found()
    {
        Assert.All(Plan(), replica => Assert.Equal("/tmp/x/service.secret", replica.Environment["PLATFORM_Access__ServiceSecretFile"]));
        Assert.Equal("/tmp/x/bootstrap.key", Plan()[0].Environment["PLATFORM_Access__BootstrapKeyFile"]);
    }

    [Fact]
    public void Services_are_told_of_the_servers()
    {
        var inference = Plan()[1].Environment;
        Assert.Equal(("rabbitmq", "1000"), (inference["PLATFORM_Messaging__Transport"], inference["PLATFORM_Messaging__RabbitMq__Port"]));
        Assert.Equal("postgres", inference["PLATFORM_Storage__Provider"]);
        Assert.Contains("Port=2000", inference["PLATFORM_Storage__Postgres__ConnectionString"], StringComparison.Ordinal);
        Assert.Equal("127.0.0.1:3000", inference["PLATFORM_PredictionLog__Kafka__BootstrapServers"]);
    }

    [Fact]
    public void Who_has_nothing_to_do_takes_no_time_from_the_others_of_the_machine() =>
        Assert.All(Plan(), replica => Assert.Equal("0", replica.Environment["DOTNET_ThreadPool_UnfairSemaphoreSpinLimit"]));

    private static IReadOnlyList<Replica> Plan(params string[] arguments)
    {
        Assert.Null(CommandLine.Read(["--data", "/tmp/x", .. arguments], out var command));
        return new ReplicaPlan(command, new ServerPorts(1000, 2000, 3000), new Checkout("/root", "Release/net10.0"), new ConfigurationBuilder().Build()).Make(new FreePorts());
    }
}
