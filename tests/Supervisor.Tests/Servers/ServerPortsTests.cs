using Platform.Supervisor.Machine;
using Platform.Supervisor.Servers;
using Platform.TestKit;

namespace Platform.Supervisor.Tests.Servers;

public sealed class ServerPortsTests : IDisposable
{
    private readonly TemporaryFolder _data = new();

    public void Dispose() => _data.Dispose();

    [Fact]
    public void A_data_folder_keeps_its_ports()
    {
        var first = ServerPorts.Of(_data.Path, new FreePorts());
        Assert.Equal(first, ServerPorts.Of(_data.Path, new FreePorts()));
    }

    [Fact]
    public void Ports_are_given_once()
    {
        var free = new FreePorts();
        var ports = Enumerable.Range(0, 200).Select(_ => free.Take(3)).SelectMany(first => Enumerable.Range(first, 3)).ToList();
        Assert.Equal(ports.Count, ports.Distinct().Count());
    }
}
