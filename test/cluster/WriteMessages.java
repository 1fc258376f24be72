import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.*;
import org.apache.kafka.common.protocol.Message;
import org.apache.kafka.common.protocol.MessageUtil;

/** Answers of brokers by Kafka's own classes: name, version, bytes, and the same as JSON. */
class WriteMessages {
    public static void main(String[] none) {
        for (short version = 0; version <= 1; version++)
            write("consumer", version, ConsumerGroupDescribeResponseDataJsonConverter.write(consumer(version), version), consumer(version));
        write("share", (short) 1, ShareGroupDescribeResponseDataJsonConverter.write(share(), (short) 1), share());
        write("streams", (short) 0, StreamsGroupDescribeResponseDataJsonConverter.write(streams(true), (short) 0), streams(true));
        write("streams", (short) 0, StreamsGroupDescribeResponseDataJsonConverter.write(streams(false), (short) 0), streams(false));
        for (short version = 0; version <= 1; version++)
            write("shareOffsets", version, DescribeShareGroupOffsetsResponseDataJsonConverter.write(offsets(version), version), offsets(version));
        for (short version = 1; version <= 2; version++)
            write("cluster", version, DescribeClusterResponseDataJsonConverter.write(cluster(version), version), cluster(version));
    }

    static void write(String name, short version, JsonNode json, Message message) {
        ByteBuffer bytes = MessageUtil.toByteBufferAccessor(message, version).buffer();
        byte[] all = new byte[bytes.remaining()];
        bytes.get(all);
        System.out.println("{\"name\":\"" + name + "\",\"version\":" + version + ",\"bytes\":\""
            + HexFormat.of().formatHex(all) + "\",\"json\":" + json + "}");
    }

    static ConsumerGroupDescribeResponseData consumer(short version) {
        var assignment = new ConsumerGroupDescribeResponseData.Assignment().setTopicPartitions(List.of(
            new ConsumerGroupDescribeResponseData.TopicPartitions().setTopicId(Uuid.ONE_UUID)
                .setTopicName("orders").setPartitions(List.of(0, 7, 300))));
        var member = new ConsumerGroupDescribeResponseData.Member().setMemberId("m").setInstanceId("i")
            .setRackId(null).setMemberEpoch(-3).setClientId("c\u00e9").setClientHost("/10.0.0.1")
            .setSubscribedTopicNames(List.of("orders", "b")).setSubscribedTopicRegex("a.*")
            .setAssignment(assignment).setTargetAssignment(new ConsumerGroupDescribeResponseData.Assignment());
        if (version > 0) member.setMemberType((byte) 0);
        return new ConsumerGroupDescribeResponseData().setThrottleTimeMs(5).setGroups(List.of(
            new ConsumerGroupDescribeResponseData.DescribedGroup().setGroupId("g").setGroupState("Stable")
                .setGroupEpoch(9).setAssignmentEpoch(8).setAssignorName("uniform").setMembers(List.of(member)),
            new ConsumerGroupDescribeResponseData.DescribedGroup().setErrorCode((short) 69).setErrorMessage("no").setGroupId("h")));
    }

    static ShareGroupDescribeResponseData share() {
        var assignment = new ShareGroupDescribeResponseData.Assignment().setTopicPartitions(List.of(
            new ShareGroupDescribeResponseData.TopicPartitions().setTopicId(Uuid.ONE_UUID)
                .setTopicName("orders").setPartitions(List.of(1, 2))));
        return new ShareGroupDescribeResponseData().setGroups(List.of(
            new ShareGroupDescribeResponseData.DescribedGroup().setGroupId("s").setGroupState("Stable")
                .setGroupEpoch(2).setAssignmentEpoch(2).setAssignorName("simple").setMembers(List.of(
                    new ShareGroupDescribeResponseData.Member().setMemberId("m").setRackId("r").setMemberEpoch(2)
                        .setClientId("c").setClientHost("/h").setSubscribedTopicNames(List.of("orders"))
                        .setAssignment(assignment)))));
    }

    static StreamsGroupDescribeResponseData streams(boolean whole) {
        var group = new StreamsGroupDescribeResponseData.DescribedGroup().setGroupId("app").setGroupState("NotReady")
            .setGroupEpoch(4).setAssignmentEpoch(3);
        if (!whole) return new StreamsGroupDescribeResponseData().setGroups(List.of(group,
            group.duplicate().setTopology(new StreamsGroupDescribeResponseData.Topology().setEpoch(1).setSubtopologies(null))));
        var changelog = new StreamsGroupDescribeResponseData.TopicInfo().setName("app-store-changelog").setPartitions(0)
            .setReplicationFactor((short) 3).setTopicConfigs(List.of(
                new StreamsGroupDescribeResponseData.KeyValue().setKey("cleanup.policy").setValue("compact")));
        var topology = new StreamsGroupDescribeResponseData.Topology().setEpoch(2).setSubtopologies(List.of(
            new StreamsGroupDescribeResponseData.Subtopology().setSubtopologyId("0").setSourceTopics(List.of("orders"))
                .setRepartitionSinkTopics(List.of("app-repartition")).setStateChangelogTopics(List.of(changelog))
                .setRepartitionSourceTopics(List.of())));
        var tasks = List.of(new StreamsGroupDescribeResponseData.TaskIds().setSubtopologyId("0").setPartitions(List.of(0, 1)));
        var assignment = new StreamsGroupDescribeResponseData.Assignment().setActiveTasks(tasks)
            .setStandbyTasks(List.of()).setWarmupTasks(tasks);
        var member = new StreamsGroupDescribeResponseData.Member().setMemberId("m").setMemberEpoch(4).setInstanceId(null)
            .setRackId("r").setClientId("c").setClientHost("/h").setTopologyEpoch(2).setProcessId("p")
            .setUserEndpoint(new StreamsGroupDescribeResponseData.Endpoint().setHost("here").setPort(65000))
            .setClientTags(List.of(new StreamsGroupDescribeResponseData.KeyValue().setKey("zone").setValue("a")))
            .setTaskOffsets(List.of(new StreamsGroupDescribeResponseData.TaskOffset().setSubtopologyId("0").setPartition(1).setOffset(1L << 40)))
            .setTaskEndOffsets(List.of()).setAssignment(assignment)
            .setTargetAssignment(new StreamsGroupDescribeResponseData.Assignment()).setIsClassic(true);
        return new StreamsGroupDescribeResponseData().setGroups(List.of(group.setTopology(topology).setMembers(
            List.of(member, member.duplicate().setUserEndpoint(null).setIsClassic(false)))));
    }

    static DescribeShareGroupOffsetsResponseData offsets(short version) {
        var partition = new DescribeShareGroupOffsetsResponseData.DescribeShareGroupOffsetsResponsePartition()
            .setPartitionIndex(3).setStartOffset(1L << 33).setLeaderEpoch(6);
        if (version > 0) partition.setLag(77);
        return new DescribeShareGroupOffsetsResponseData().setGroups(List.of(
            new DescribeShareGroupOffsetsResponseData.DescribeShareGroupOffsetsResponseGroup().setGroupId("s").setTopics(List.of(
                new DescribeShareGroupOffsetsResponseData.DescribeShareGroupOffsetsResponseTopic().setTopicName("orders")
                    .setTopicId(Uuid.ONE_UUID).setPartitions(List.of(partition))))));
    }

    static DescribeClusterResponseData cluster(short version) {
        var brokers = new DescribeClusterResponseData.DescribeClusterBrokerCollection();
        var broker = new DescribeClusterResponseData.DescribeClusterBroker().setBrokerId(4).setHost("b").setPort(9092).setRack("r");
        if (version > 1) broker.setIsFenced(true);
        brokers.add(broker);
        return new DescribeClusterResponseData().setClusterId("id").setControllerId(4).setBrokers(brokers)
            .setClusterAuthorizedOperations(256);
    }
}
