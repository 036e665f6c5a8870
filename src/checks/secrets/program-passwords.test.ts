import { describe, expect, test } from 'vitest'
import { scanEntries } from './scan.ts'

function confidences(key: string, value: string): readonly string[] {
  return scanEntries([{ path: '/data/a', key, value }]).map(({ confidence }) => confidence)
}

const found: readonly (readonly [key: string, value: string])[] = [
  ['run.sh', 'mysql -uroot -phunter2 db'],
  ['run.sh', 'mariadb -u root -phunter2 db'],
  ['run.sh', 'mariadb-admin -phunter2 ping'],
  ['run.sh', 'mongosh -u root -p hunter2'],
  ['run.sh', 'mongo --host x -p hunter2 admin'],
  ['run.sh', 'cqlsh -u c -p hunter2'],
  ['run.sh', '/opt/mssql-tools/bin/sqlcmd -S localhost -U sa -P hunter2 -Q "select 1"'],
  ['run.sh', 'ldapsearch -x -D cn=admin,dc=a -w hunter2 -b dc=a'],
  ['run.sh', 'docker login -u bob -p hunter2 registry.local'],
  ['run.sh', 'mytool -password hunter2'],
  ['run.sh', 'keytool -genkey -alias a -storepass hunter2 -keypass hunter2'],
  ['run.sh', 'openssl rsa -in a -passin pass:hunter2 -out b'],
  ['run.sh', 'etcdctl --user root:hunter2 get a'],
  ['run.sh', 'echo root:hunter2 | chpasswd'],
  ['run.sh', 'echo "root:hunter2" | sudo chpasswd'],
  ['run.sh', 'rabbitmqctl add_user app hunter2'],
  ['run.sh', 'rabbitmqctl change_password app hunter2'],
  ['run.sh', 'mc alias set local http://minio:9000 minio hunter2x'],
  ['run.sh', 'redis-cli -a hunter2 ping'],
  ['run.sh', 'PGPASSWORD=hunter2 psql -U a'],
  ['run.sh', "curl -H 'Authorization: Bearer q7Zt2Kd9Wm4Xv8Rb3Ly6Hc' https://a"],
  ['run.sh', 'wget --user=a --password=hunter2 https://a'],
  ['run.sh', 'wget --http-password hunter2 https://a'],
  ['run.sh', 'sshpass -p hunter2 ssh a'],
  ['run.sh', 'sshpass -phunter2 ssh a'],
  ['run.sh', 'az login --service-principal -u a -p hunter2x --tenant t'],
  ['run.sh', 'helm registry login -u a -p hunter2 r.local'],
  ['run.sh', 'htpasswd -nb admin hunter2'],
  ['run.sh', 'htpasswd -b /etc/a admin hunter2'],
  ['run.sh', 'htpasswd -bc /etc/a admin hunter2'],
  ['run.sh', 'sh -c "mysql -uroot -phunter2 -e \'select 1\'"'],
  ['run.sh', '["mysqladmin","-uroot","-phunter2","ping"]'],
  ['run.sh', 'aws configure set aws_secret_access_key q7Zt2Kd9Wm4Xv8Rb3Ly6Hc1Jn5Pf0GsAbCdEfGh'],
  ['run.sh', 'gcloud sql users create a --password=hunter2'],
  ['run.sh', 'gcloud sql users create a --password hunter2'],
  ['run.sh', 'echo hunter2 | docker login -u a --password-stdin r.local'],
  ['run.sh', 'curl -su admin:hunter2 https://a'],
  ['run.sh', 'curl --user admin:hunter2 https://a'],
  ['run.sh', 'vault login token=q7Zt2Kd9Wm4Xv8Rb3Ly6Hc'],
  ['run.sh', 'kubectl create secret generic a --from-literal=password=hunter2'],
  ['run.sh', "smbclient //a/b -U 'bob%hunter2'"],
  ['run.sh', 'mysql --user=root --password=hunter2'],
  ['run.sh', 'java -Djavax.net.ssl.keyStorePassword=hunter2 -jar a'],
  ['run.sh', 'JAVA_OPTS=-Dspring.datasource.password=hunter2 -Xmx1g'],
]

const clean: readonly (readonly [key: string, value: string])[] = [
  ['run.sh', 'mysql -u root -p'],
  ['run.sh', 'mysql -u root -p"$MYSQL_ROOT_PASSWORD"'],
  ['run.sh', 'mysql -u root -p$MYSQL_ROOT_PASSWORD db'],
  ['run.sh', 'mongosh -u root -p $PASS'],
  ['run.sh', 'docker login -u $U -p "${P}" r'],
  ['run.sh', 'docker run -p 8080:80 nginx'],
  ['run.sh', 'mkdir -p /data/mysql'],
  ['run.sh', 'mysql -h db -P 3306 -u root'],
  ['run.sh', 'curl -u "$USER:$PASS" https://a'],
  ['run.sh', 'openssl rsa -passin env:PASS -in a'],
  ['run.sh', 'keytool -storepass:env PASS'],
  ['run.sh', 'echo "$PASS" | docker login -u a --password-stdin'],
  ['run.sh', 'mysqladmin ping -h localhost'],
  ['run.sh', 'redis-cli -h a -p 6379 ping'],
  ['run.sh', 'sqlcmd -S a -U sa -P $SA_PASSWORD'],
  ['run.sh', 'etcdctl --user root:$PASS get a'],
  ['run.sh', 'ssh -p 2222 host; scp -P 2222 a b'],
  ['run.sh', 'nodetool -p 7199 status'],
  ['run.sh', 'rabbitmqctl add_user "$U" "$P"'],
  ['run.sh', 'tar -p -xf a.tar'],
  ['run.sh', '-passin file:/etc/pw'],
  ['run.sh', 'cp -p mysql.conf /etc/mysql'],
]

describe('passwords on command lines', () => {
  test.each(found)('finds %s: %s', (key, value) => {
    expect(confidences(key, value).filter((confidence) => confidence !== 'low')).not.toEqual([])
  })

  test.each(clean)('is quiet about %s: %s', (key, value) => {
    expect(confidences(key, value).filter((confidence) => confidence !== 'low')).toEqual([])
  })
})
