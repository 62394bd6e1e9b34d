using System.Net;
using Microsoft.Extensions.Options;
using Platform.Hosting.Messaging;
using Platform.Hosting.Outbound;
using Platform.Inference.Callbacks;
using Platform.Inference.Jobs;

namespace Platform.Inference.Tests.Jobs;

public sealed class CallbackPolicyTests
{
    [Theory]
    [InlineData("127.0.0.1", "Loopback")]
    [InlineData("127.9.9.9", "Loopback")]
    [InlineData("::1", "Loopback")]
    [InlineData("::ffff:127.0.0.1", "Loopback")]
    [InlineData("10.1.2.3", "Private")]
    [InlineData("172.31.255.255", "Private")]
    [InlineData("172.32.0.1", "Public")]
    [InlineData("192.168.0.1", "Private")]
    [InlineData("169.254.169.254", "Private")]
    [InlineData("::ffff:169.254.169.254", "Private")]
    [InlineData("100.64.0.1", "Private")]
    [InlineData("fd00::1", "Private")]
    [InlineData("fe80::1", "Private")]
    [InlineData("0.0.0.0", "Unusable")]
    [InlineData("::", "Unusable")]
    [InlineData("224.0.0.1", "Unusable")]
    [InlineData("255.255.255.255", "Unusable")]
    [InlineData("64:ff9b::a00:1", "Unusable")]
    [InlineData("93.184.215.14", "Public")]
    [InlineData("2606:2800:21f:cb07:6820:80da:af6b:8b2c", "Public")]
    public void Addresses_are_told_apart(string address, string kind)
    {
        Assert.Equal(kind, AddressKinds.Of(IPAddress.Parse(address)).ToString());
    }

    [Theory]
    [InlineData("https://example.com/told", true)]
    [InlineData("http://93.184.215.14/", true)]
    [InlineData("http://127.0.0.1:8080/", true)]
    [InlineData("http://10.0.0.1/", false)]
    [InlineData("http://[fe80::1%251]/", false)]
    [InlineData("http://2130706433/", true)] // another way to write 127.0.0.1
    [InlineData("http://169.254.169.254/latest/meta-data", false)]
    [InlineData("ftp://example.com/", false)]
    [InlineData("file:///etc/passwd", false)]
    [InlineData("https://user:password@example.com/", false)]
    [InlineData("/told", false)]
    [InlineData("", false)]
    public void A_process_by_itself_calls_the_public_and_itself(string url, bool allowed)
    {
        Assert.Equal(allowed, Policy("inmemory").Refuse(url) is null);
    }

    [Theory]
    [InlineData("http://127.0.0.1/", false)]
    [InlineData("http://2130706433/", false)]
    [InlineData("http://[::1]/", false)]
    [InlineData("https://example.com/", true)]
    public void Where_messages_travel_over_a_broker_the_process_itself_is_not_called(string url, bool allowed)
    {
        Assert.Equal(allowed, Policy("rabbitmq").Refuse(url) is null);
    }

    [Theory]
    [InlineData("https://hooks.example.com/", true)]
    [InlineData("https://a.internal/", true)]
    [InlineData("https://internal/", false)]
    [InlineData("https://notinternal/", false)]
    [InlineData("https://example.com/", false)]
    public void Where_hosts_are_listed_only_those_are_called(string url, bool allowed)
    {
        var policy = Policy("rabbitmq", "hooks.example.com", "*.internal");

        Assert.Equal(allowed, policy.Refuse(url) is null);
        Assert.Equal(allowed, policy.Allows(new Uri(url).Host, IPAddress.Parse("10.0.0.1")));
    }

    private static CallbackPolicy Policy(string transport, params string[] hosts)
    {
        var options = new CallbackOptions();
        foreach (var host in hosts) options.AllowedHosts.Add(host);
        return new CallbackPolicy(Options.Create(options), Options.Create(new MessagingOptions { Transport = transport }));
    }
}
