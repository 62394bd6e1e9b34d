using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace Platform.Architecture.Tests.Messages;

/// <summary>A consumer, the message it takes, and the definition beside it.</summary>
internal sealed record ConsumerType(PlatformService Service, Type Type, Type Message, Type? DefinitionType)
{
    public static IReadOnlyList<ConsumerType> All { get; } = [.. PlatformService.All.SelectMany(Of)];

    public static TheoryData<string> Names => [.. All.Select(consumer => consumer.Type.FullName!)];

    public static ConsumerType Find(string name) => All.Single(consumer => consumer.Type.FullName == name);

    /// <summary>A definition may ask for options, so it is made as the service would make it.</summary>
    public IConsumerDefinition Definition => (IConsumerDefinition)ActivatorUtilities.CreateInstance(Service.Provider, DefinitionType!);

    /// <summary>Whether the definition, or the base that it has for this, says how many messages run at once.</summary>
    public bool LimitsConcurrency => Definition.ConcurrentMessageLimit is not null || Definition.GetType().BaseType!.Name.StartsWith("EveryReplica", StringComparison.Ordinal);

    /// <summary>The name that the definition itself sets; asking the bus's naming convention is a failure.</summary>
    public string QueueName => Definition.GetEndpointName(new NoConvention());

    /// <summary>Whether it is hosting's, made for this service by its reconciler and the event.</summary>
    public bool IsShared => Type.IsGenericType;

    /// <summary>Those that the service's own code holds, and those of hosting that it adds to the bus.</summary>
    private static IEnumerable<ConsumerType> Of(PlatformService service)
    {
        var added = new ServiceCollection();
        added.AddMassTransit(service.Messaging.AddConsumers);
        var shared = added.Select(registered => registered.ServiceType).Where(type => type.IsGenericType && !type.ContainsGenericParameters);
        return from type in service.Assembly.GetTypes().Concat(shared).Distinct()
               where type is { IsAbstract: false, IsInterface: false }
               from consumed in type.GetInterfaces()
               where consumed.IsGenericType && consumed.GetGenericTypeDefinition() == typeof(IConsumer<>)
               select new ConsumerType(service, type, consumed.GenericTypeArguments[0], DefinitionOf(type));
    }

    private static Type? DefinitionOf(Type consumer) => consumer.Assembly.GetTypes()
        .Where(type => type.GetGenericArguments().Length == consumer.GenericTypeArguments.Length && IsDefinition(type))
        .Select(type => type.IsGenericType ? type.MakeGenericType(consumer.GenericTypeArguments) : type)
        .SingleOrDefault(type => type.IsAssignableTo(typeof(ConsumerDefinition<>).MakeGenericType(consumer)));

    private static bool IsDefinition(Type type) => !type.IsAbstract && type.IsAssignableTo(typeof(IConsumerDefinition));

    private sealed class NoConvention : IEndpointNameFormatter
    {
        public string Separator => throw Missing();

        public string TemporaryEndpoint(string tag) => throw Missing();

        public string Consumer<T>() where T : class, IConsumer => throw Missing();

        public string Message<T>() where T : class => throw Missing();

        public string Saga<T>() where T : class, ISaga => throw Missing();

        public string ExecuteActivity<T, TArguments>() where T : class, IExecuteActivity<TArguments> where TArguments : class => throw Missing();

        public string CompensateActivity<T, TLog>() where T : class, ICompensateActivity<TLog> where TLog : class => throw Missing();

        public string SanitizeName(string name) => name;

        private static InvalidOperationException Missing() => new("The definition sets no EndpointName.");
    }
}
