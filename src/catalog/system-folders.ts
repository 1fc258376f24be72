/**
 * What lies below /etc or /opt on a Debian or Red Hat server, of the system and of well-known
 * software, as far as a platform could have the name: on bare metal it writes to /etc/NAME and
 * /opt/NAME.
 */
export const systemFolders: ReadonlySet<string> = new Set(
  `
  abrt acpi alsa alternatives ansible apache2 apparmor apt asterisk at audit authselect avahi
  bacula bind binfmt bluetooth byobu ca-certificates calico certbot cifs-utils clamav cloud cni
  cockpit collectd colord console-setup consul containerd containers corosync couchdb cron
  crypto-policies cups cupshelpers dbus-1 dconf debconf default depmod dhcp dhcpcd
  dictionaries-common dkms dnf dnsmasq docker dovecot dpkg dracut elasticsearch emacs
  environment etcd exim4 exports fail2ban fedora-release filebeat firewalld flatpak fluent
  fluent-bit fonts fstab fuse fwupd gdm glusterfs glvnd gnupg google grafana groff group grub
  gss gssproxy haproxy hdparm hostname hosts httpd icinga2 ifplugd influxdb init
  initramfs-tools insserv ipa iproute2 ipsec iscsi issue java jenkins kafka kdump keepalived
  kernel krb5 kubernetes ldap letsencrypt libvirt lighttpd lirc locale localtime logcheck
  logrotate logstash lsb lvm magic mail maven memcached microcode modprobe modules mongodb
  monit motd mtab munin mysql nagios netconfig netdata netplan network networkmanager networks
  news nfs nftables nginx nix nodejs nomad ntp ntpsec nvidia odbc openldap openmpi opensearch
  openssl openvpn opt os-release pacemaker packagekit pam passwd patroni perl pgbouncer php
  pihole pki plymouth podman polkit-1 popularity-contest postfix postgresql postgresql-common
  ppp profile prometheus protocols proxysql pulse puppet puppetlabs python python3 qemu
  rabbitmq rancher redhat-release redis resolvconf rhsm rpc rpm rspamd rsync rsyslog ruby runit
  salt samba sane sasl2 screen security selinux sensors services sgml shadow shells skel
  smartmontools snmp sos splunk squid ssh ssl sssd strongswan stunnel subgid subuid sudo
  sudoers supervisor sv swift sysconfig sysctl syslog-ng sysstat systemd telegraf terminfo
  thermald timezone tmpfiles tomcat tor traefik tuned udev udisks2 ufw unattended-upgrades
  unbound update-manager update-motd update-notifier upower uwsgi varnish vault vector vim
  vmware-tools vsftpd wireguard wireplumber wpa-supplicant xdg xen xinetd xml yum zabbix
  zookeeper zsh
  `
    .trim()
    .split(/\s+/),
);
