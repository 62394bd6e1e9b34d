using System.Text.RegularExpressions;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Platform.Contracts;

namespace Platform.Architecture.Tests.Messages;

public sealed partial class ConsumerTests
{
    // Names of queues in brokers. A line may be added; one that changes leaves messages behind in the old queue, but for those of a replica alone
    // ("-reconcile-on-"), which go with its process.
    private static readonly string[] ApprovedQueues =
    [
        "explainer-compute-explanation",
        "explainer-reconcile-on-alias-changed",
        "explainer-reconcile-on-model-promoted",
        "explainer-reconcile-on-model-rolled-back",
        "explainer-reconcile-on-rollout-stepped",
        "inference-reconcile-on-alias-changed",
        "inference-reconcile-on-model-promoted",
        "inference-reconcile-on-model-rolled-back",
        "inference-reconcile-on-rollout-stepped",
        "inference-submit-prediction",
        "monitor-reconcile-on-alias-changed",
        "monitor-reconcile-on-model-promoted",
        "monitor-reconcile-on-model-rolled-back",
        "monitor-reconcile-on-rollout-stepped",
        "registry-keep-counts-on-routes-counted",
        "registry-roll-back-on-alert-raised",
    ];

    public static TheoryData<string> Consumers => ConsumerType.Names;

    [Fact]
    public void Queues_are_those_that_were_approved()
    {
        Assert.Equal(ApprovedQueues, ConsumerType.All.Select(consumer => consumer.QueueName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void No_two_consumers_compete_for_one_queue()
    {
        Assert.Equal(ConsumerType.All.Count, ConsumerType.All.Select(consumer => consumer.QueueName).Distinct().Count());
    }

    [Fact]
    public void A_command_has_one_consumer_at_most()
    {
        var commands = ConsumerType.All.Where(consumer => typeof(ICommand).IsAssignableFrom(consumer.Message));
        Assert.All(commands.GroupBy(consumer => consumer.Message), consumers => Assert.Single(consumers));
    }

    [Theory, MemberData(nameof(Consumers))]
    public void A_consumer_is_named_after_its_command_or_its_reaction(string name)
    {
        var (type, message) = (ConsumerType.Find(name).Type.Name, ConsumerType.Find(name).Message);
        if (ConsumerType.Find(name).IsShared) Assert.Equal("ReconcileConsumer`2", type);
        else if (typeof(ICommand).IsAssignableFrom(message)) Assert.Equal($"{message.Name}Consumer", type);
        else Assert.Matches($"^[A-Z][A-Za-z]+On{message.Name}Consumer$", type);
    }

    [Theory, MemberData(nameof(Consumers))]
    public void A_definition_beside_the_consumer_names_the_queue_after_service_and_consumer(string name)
    {
        var consumer = ConsumerType.Find(name);
        Assert.NotNull(consumer.DefinitionType);
        Assert.Equal(Plain(consumer.Type) + "Definition", Plain(consumer.DefinitionType));
        Assert.Equal(consumer.Type.Namespace, consumer.DefinitionType.Namespace);
        var reaction = Plain(consumer.Type)[..^"Consumer".Length] + (consumer.IsShared ? $"On{consumer.Message.Name}" : "");
        Assert.Equal($"{consumer.Service.Name}-{Kebab(reaction)}", consumer.QueueName);
    }

    [Theory, MemberData(nameof(Consumers))]
    public void A_definition_says_how_many_messages_run_at_once(string name)
    {
        Assert.True(ConsumerType.Find(name).LimitsConcurrency);
    }

    [Theory, MemberData(nameof(Consumers))]
    public void The_service_adds_its_consumer_to_the_bus(string name)
    {
        var consumer = ConsumerType.Find(name);
        var services = new ServiceCollection();
        services.AddMassTransit(consumer.Service.Messaging.AddConsumers);
        Assert.Contains(services, service => service.ServiceType == consumer.Type);
        Assert.Contains(services, service => service.ImplementationType == consumer.DefinitionType || service.ServiceType == consumer.DefinitionType);
    }

    private static string Plain(Type type) => type.Name.Split('`')[0];

    private static string Kebab(string pascal) => InnerCapital().Replace(pascal, "-$0").ToLowerInvariant();

    [GeneratedRegex("(?<!^)[A-Z]")]
    private static partial Regex InnerCapital();
}
